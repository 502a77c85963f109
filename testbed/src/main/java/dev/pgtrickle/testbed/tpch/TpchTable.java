package dev.pgtrickle.testbed.tpch;

import java.util.List;

/**
 * The eight tables. There are primary keys and no foreign ones: changes may leave a line without
 * its order, which is harder to follow than what a schema with all constraints lets happen.
 */
public enum TpchTable {
  REGION(
      """
      CREATE TABLE region (
        r_regionkey integer NOT NULL, r_name char(25) NOT NULL, r_comment varchar(152))\
      """,
      "r_regionkey"),
  NATION(
      """
      CREATE TABLE nation (
        n_nationkey integer NOT NULL, n_name char(25) NOT NULL, n_regionkey integer NOT NULL,
        n_comment varchar(152))\
      """,
      "n_nationkey"),
  SUPPLIER(
      """
      CREATE TABLE supplier (
        s_suppkey bigint NOT NULL, s_name char(25) NOT NULL, s_address varchar(40) NOT NULL,
        s_nationkey integer NOT NULL, s_phone char(15) NOT NULL, s_acctbal numeric(15,2) NOT NULL,
        s_comment varchar(101) NOT NULL)\
      """,
      "s_suppkey"),
  PART(
      """
      CREATE TABLE part (
        p_partkey bigint NOT NULL, p_name varchar(55) NOT NULL, p_mfgr char(25) NOT NULL,
        p_brand char(10) NOT NULL, p_type varchar(25) NOT NULL, p_size integer NOT NULL,
        p_container char(10) NOT NULL, p_retailprice numeric(15,2) NOT NULL,
        p_comment varchar(23) NOT NULL)\
      """,
      "p_partkey"),
  PARTSUPP(
      """
      CREATE TABLE partsupp (
        ps_partkey bigint NOT NULL, ps_suppkey bigint NOT NULL, ps_availqty integer NOT NULL,
        ps_supplycost numeric(15,2) NOT NULL, ps_comment varchar(199) NOT NULL)\
      """,
      "ps_partkey, ps_suppkey"),
  CUSTOMER(
      """
      CREATE TABLE customer (
        c_custkey bigint NOT NULL, c_name varchar(25) NOT NULL, c_address varchar(40) NOT NULL,
        c_nationkey integer NOT NULL, c_phone char(15) NOT NULL, c_acctbal numeric(15,2) NOT NULL,
        c_mktsegment char(10) NOT NULL, c_comment varchar(117) NOT NULL)\
      """,
      "c_custkey"),
  ORDERS(
      """
      CREATE TABLE orders (
        o_orderkey bigint NOT NULL, o_custkey bigint NOT NULL, o_orderstatus char(1) NOT NULL,
        o_totalprice numeric(15,2) NOT NULL, o_orderdate date NOT NULL,
        o_orderpriority char(15) NOT NULL, o_clerk char(15) NOT NULL,
        o_shippriority integer NOT NULL, o_comment varchar(79) NOT NULL)\
      """,
      "o_orderkey"),
  LINEITEM(
      """
      CREATE TABLE lineitem (
        l_orderkey bigint NOT NULL, l_partkey bigint NOT NULL, l_suppkey bigint NOT NULL,
        l_linenumber integer NOT NULL, l_quantity numeric(15,2) NOT NULL,
        l_extendedprice numeric(15,2) NOT NULL, l_discount numeric(15,2) NOT NULL,
        l_tax numeric(15,2) NOT NULL, l_returnflag char(1) NOT NULL, l_linestatus char(1) NOT NULL,
        l_shipdate date NOT NULL, l_commitdate date NOT NULL, l_receiptdate date NOT NULL,
        l_shipinstruct char(25) NOT NULL, l_shipmode char(10) NOT NULL,
        l_comment varchar(44) NOT NULL)\
      """,
      "l_orderkey, l_linenumber");

  private final String ddl;
  private final String key;

  TpchTable(String ddl, String key) {
    this.ddl = ddl;
    this.key = key;
  }

  /** Its name in the schema. */
  public String relation() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  String ddl() {
    return ddl;
  }

  /** The columns of the primary key. */
  public String key() {
    return key;
  }

  /** The columns by which joins of the questions look for its rows. */
  List<String> indexes() {
    return switch (this) {
      case REGION, PART -> List.of();
      case NATION -> List.of("n_regionkey");
      case SUPPLIER -> List.of("s_nationkey");
      case PARTSUPP -> List.of("ps_suppkey");
      case CUSTOMER -> List.of("c_nationkey");
      case ORDERS -> List.of("o_custkey");
      case LINEITEM -> List.of("l_partkey, l_suppkey", "l_suppkey");
    };
  }
}

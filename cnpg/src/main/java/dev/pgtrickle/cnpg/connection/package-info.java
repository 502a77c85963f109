/** From a Cluster or a labelled Secret to a connection that is verified by TLS. */
@NullMarked
package dev.pgtrickle.cnpg.connection;

import org.jspecify.annotations.NullMarked;

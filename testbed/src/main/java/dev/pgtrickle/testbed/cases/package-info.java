/**
 * Cases in files: tables with data, a query over them, and changes. Knows nothing of the product.
 */
@NullMarked
package dev.pgtrickle.testbed.cases;

import org.jspecify.annotations.NullMarked;

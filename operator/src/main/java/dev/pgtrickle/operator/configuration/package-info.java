/** What an administrator sets, and who this operator is. */
@NullMarked
package dev.pgtrickle.operator.configuration;

import org.jspecify.annotations.NullMarked;

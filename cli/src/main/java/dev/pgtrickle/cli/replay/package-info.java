/** Cases from files, run through the engine in several orders and compared after every refresh. */
@NullMarked
package dev.pgtrickle.cli.replay;

import org.jspecify.annotations.NullMarked;

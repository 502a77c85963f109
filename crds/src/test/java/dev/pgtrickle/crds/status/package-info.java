/** What tools conclude from a status: kstatus, Argo CD and the server itself. */
@NullMarked
package dev.pgtrickle.crds.status;

import org.jspecify.annotations.NullMarked;

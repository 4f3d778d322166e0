/**
 * The only readers of the clock: everything else is handed a {@link dev.parley.core.time.Clock}.
 */
@NullMarked
package dev.parley.core.time;

import org.jspecify.annotations.NullMarked;

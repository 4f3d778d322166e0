/** Many live signals heard by one detector, a batch of them in each run of its network. */
@NullMarked
package dev.parley.gpu.vad.live;

import org.jspecify.annotations.NullMarked;

/** Who speaks: turns of a recording, and whether two recordings are of the same person. */
@NullMarked
package dev.parley.core.speakers;

import org.jspecify.annotations.NullMarked;

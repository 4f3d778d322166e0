/** Tests of what is read, not of how much harm is done. */
@NullMarked
package dev.parley.hub.bench.abuse;

import org.jspecify.annotations.NullMarked;

/** Sound for tests that is made here, so that no recording has to be kept. */
@NullMarked
package dev.parley.testkit.sound;

import org.jspecify.annotations.NullMarked;

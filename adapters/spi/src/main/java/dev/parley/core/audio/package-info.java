/** What sound is said to be: codings, rates, channels, and when speech starts and stops. */
@NullMarked
package dev.parley.core.audio;

import org.jspecify.annotations.NullMarked;

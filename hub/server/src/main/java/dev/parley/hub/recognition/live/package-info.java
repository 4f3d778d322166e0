/**
 * Live recognition: finds speech in sound that arrives, has what was said so far written down again
 * and again, and tells what will stay.
 */
@NullMarked
package dev.parley.hub.recognition.live;

import org.jspecify.annotations.NullMarked;

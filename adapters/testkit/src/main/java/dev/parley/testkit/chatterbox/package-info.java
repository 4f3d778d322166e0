/** A fake of Chatterbox-TTS-Server. */
@NullMarked
package dev.parley.testkit.chatterbox;

import org.jspecify.annotations.NullMarked;

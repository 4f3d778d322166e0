/** A fake of a provider that Voicebox could call. */
@NullMarked
package dev.parley.testkit.voicebox;

import org.jspecify.annotations.NullMarked;

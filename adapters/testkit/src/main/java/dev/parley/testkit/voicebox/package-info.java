/** Fakes of Voicebox and of a server of its specification of an external provider. */
@NullMarked
package dev.parley.testkit.voicebox;

import org.jspecify.annotations.NullMarked;

/**
 * Sound on its way through the hub: what arrived is decoded, mixed, resampled, cleaned and encoded
 * here, by the kernels of gpu-runtime, on few threads of its own. Knows sound and files that
 * callers left; knows no HTTP, no messages and no backends.
 */
@NullMarked
package dev.parley.hub.media;

import org.jspecify.annotations.NullMarked;

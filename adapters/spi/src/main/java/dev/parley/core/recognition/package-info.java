/**
 * Speech that is heard: what is to be written down, what was said, when, in which language and by
 * whom. Knows nothing of HTTP, gRPC or any backend.
 */
@NullMarked
package dev.parley.core.recognition;

import org.jspecify.annotations.NullMarked;

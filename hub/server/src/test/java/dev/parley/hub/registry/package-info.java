/** Tests of the registry over fake backends. */
@NullMarked
package dev.parley.hub.registry;

import org.jspecify.annotations.NullMarked;

/** What recognisers of sound look at instead of samples. */
@NullMarked
package dev.parley.gpu.features;

import org.jspecify.annotations.NullMarked;

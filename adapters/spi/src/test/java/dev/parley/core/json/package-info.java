/// Tests of JSON as bytes, with Jackson as the reference reader.
@NullMarked
package dev.parley.core.json;

import org.jspecify.annotations.NullMarked;

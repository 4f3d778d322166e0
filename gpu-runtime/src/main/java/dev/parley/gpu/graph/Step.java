package dev.parley.gpu.graph;

/** One piece of a plan. Holds no values of a run: any number of threads may share it. */
interface Step {

  /** Reads and writes values of one run. */
  void run(float[] values);
}

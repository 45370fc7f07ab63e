/** A child process: one benchmark by its name, whose rows go to the parent. */
const [, , name = ''] = process.argv;
const { run } = await import(`../${name}.ts`);
process.send?.(await run());
process.disconnect?.();

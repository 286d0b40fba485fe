using Relocation.Testing.Cli;

return await Tool.RunAsync(args).ConfigureAwait(false);

using Relocation.Testing.Benchmarks;
using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Measuring;

const string Usage = """
    import   [--engine sqlite,postgresql] [--records 1000,100000] [--runs 5] [--warm 2] [--rivals ours,bare,linq2db,savechanges] [--output FILE]
    memory   [--engine sqlite,postgresql] [--records 10000,100000,1000000] [--rival ours]
    generate [--engine sqlite|postgresql] [--records 100000] [--seed 1] [--output FILE]
    compare  [--records 10000,100000] [--output FILE]
    sanitize [--records 10000,100000] [--output FILE]    with the audit of what comes out
    export   [--engine sqlite,postgresql] [--records 100000] [--runs 7] [--output FILE]
    reset    [--engine sqlite,postgresql] [--records 100000] [--runs 50] [--output FILE]
    rules    [--engine sqlite,postgresql] [--records 100000] [--runs 3] [--ways plain,rules] [--backup FILE] [--output FILE]
    events   [--engine sqlite,postgresql] [--events 10000] [--batch 100] [--runs 3] [--rivals ours,bare,ef] [--reset undolog|copy]
    PostgreSQL is the server that RELOCATION_TEST_POSTGRES names.
    """;

try
{
    switch (args.FirstOrDefault())
    {
        case ImportProcess.Command:
            return await ImportProcess.MainAsync(args[1..]);
        case "import":
            return await ImportCommand.RunAsync(new Arguments(args[1..]));
        case FileWork.Command:
            return await FileWork.MainAsync(args[1..]);
        case "compare":
            return await FileCommand.RunAsync(["compare"], new Arguments(args[1..]));
        case "sanitize":
            return await FileCommand.RunAsync(["sanitize", "audit"], new Arguments(args[1..]));
        case "memory":
            return await MemoryCommand.RunAsync(new Arguments(args[1..]));
        case "export":
            return await ExportCommand.RunAsync(new Arguments(args[1..]));
        case "reset":
            return await ResetCommand.RunAsync(new Arguments(args[1..]));
        case "rules":
            return await RulesCommand.RunAsync(new Arguments(args[1..]));
        case "events":
            return await EventsCommand.RunAsync(new Arguments(args[1..]));
        case "generate":
            return await GenerateCommand.RunAsync(new Arguments(args[1..]));
        default:
            await Console.Error.WriteLineAsync(Usage);
            return 2;
    }
}
catch (UsageException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message}\n{Usage}");
    return 2;
}

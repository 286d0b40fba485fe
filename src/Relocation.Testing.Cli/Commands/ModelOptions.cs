using System.CommandLine;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The options that say which model a backup is written for.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = $"A built-in model: sentry, or sentry@VERSION ({string.Join(", ", SentryModel.Versions)}).",
        HelpName = "sentry[@VERSION]",
    };

    private readonly Option<string?> _assembly = new("--assembly")
    {
        Description = "A compiled assembly with a DbContext, instead of a built-in model.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _context = new("--context")
    {
        Description = "The DbContext's name, short or full. Not needed if the assembly has only one.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _app = new("--app")
    {
        Description = "The first part of labels, the context's name without Context by default.",
        HelpName = "APP",
    };

    private readonly Option<string[]> _leaveOut = new("--leave-out")
    {
        Description = "A model or field of the context that is no part of backups; may be given several times.",
        HelpName = "APP.MODEL[.FIELD]",
    };

    internal ModelOptions(Command command)
    {
        command.Add(_model);
        command.Add(_assembly);
        command.Add(_context);
        command.Add(_app);
        command.Add(_leaveOut);
    }

    /// <summary>The requested model, or null if there is none.</summary>
    internal ModelSource? Read(ParseResult parse)
    {
        var model = parse.GetValue(_model);
        var assembly = parse.GetValue(_assembly);
        var context = parse.GetValue(_context);
        var app = parse.GetValue(_app);
        var leaveOut = parse.GetValue(_leaveOut) ?? [];
        return (model, assembly, context) switch
        {
            (not null, not null, _) => throw Errors.ModelTwice(),
            (_, null, not null) => throw Errors.ContextWithoutAssembly(),
            (_, null, _) when leaveOut.Length > 0 => throw Errors.LeaveOutWithoutAssembly(),
            (_, null, _) when app is not null => throw Errors.AppWithoutAssembly(),
            _ when app is not null && (app.Contains('.', StringComparison.Ordinal) || !ModelLabel.TryParse($"{app}.model", out _)) => throw Errors.NoApp(app),
            (_, { } path, _) => ContextSource.Load(path, context, app, leaveOut),
            ({ } name, _, _) => SentrySource.Parse(name),
            _ => null,
        };
    }
}

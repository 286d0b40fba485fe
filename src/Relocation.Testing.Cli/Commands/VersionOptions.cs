using System.CommandLine;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Models;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The options that say which versions of tables backups are imported into.</summary>
internal sealed class VersionOptions
{
    private readonly Option<string[]> _models = new("--model")
    {
        Description = $"A version of Sentry's tables, as often as there are to be. Default: all ({string.Join(", ", SentryModel.Versions)}).",
        HelpName = "sentry@VERSION",
    };

    private readonly Option<string[]> _assemblies = new("--assembly")
    {
        Description = "A compiled assembly with DbContexts, instead of Sentry's tables; several for the same context of several builds.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _contexts = new("--context")
    {
        Description = "The name of a DbContext, short or full; several of one assembly are versions. Not needed if the assembly has only one.",
        HelpName = "NAME",
    };

    internal VersionOptions(Command command)
    {
        command.Add(_models);
        command.Add(_assemblies);
        command.Add(_contexts);
    }

    internal SourceVersions Read(ParseResult parse)
    {
        var models = parse.GetValue(_models) ?? [];
        var assemblies = parse.GetValue(_assemblies) ?? [];
        var contexts = parse.GetValue(_contexts) ?? [];
        return (models.Length, assemblies.Length, contexts.Length) switch
        {
            (> 0, > 0, _) => throw Errors.ModelTwice(),
            (_, 0, > 0) => throw Errors.ContextWithoutAssembly(),
            (_, > 0, _) => SourceVersions.OfContexts(assemblies, contexts),
            _ => SourceVersions.OfSentry(models),
        };
    }
}

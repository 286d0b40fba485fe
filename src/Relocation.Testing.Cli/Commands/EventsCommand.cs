using System.CommandLine;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation events</c>.</summary>
internal sealed class EventsCommand : Command
{
    internal EventsCommand(Terminal terminal)
        : base("events", "Saves events of Sentry into a database with its projects.") => Add(new EventsSaveCommand(terminal));
}

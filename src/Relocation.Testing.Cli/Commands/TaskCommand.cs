using System.CommandLine;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation task</c>.</summary>
internal sealed class TaskCommand : Command
{
    internal TaskCommand(Terminal terminal)
        : base("task", "Relocates organizations of Sentry as Sentry does: scans a file, validates it, imports it, and hands it over.")
    {
        Add(new TaskStartCommand(terminal));
        Add(new TaskRunCommand(terminal, isResumption: false));
        Add(new TaskStatusCommand(terminal));
        Add(new TaskRunCommand(terminal, isResumption: true));
        Add(new TaskRetryCommand(terminal));
        Add(new TaskMarkCommand(terminal, isPause: true));
        Add(new TaskMarkCommand(terminal, isPause: false));
        Add(new TaskAbandonCommand(terminal));
    }
}

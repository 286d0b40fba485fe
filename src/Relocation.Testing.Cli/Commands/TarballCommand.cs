using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary>A command that copies a backup into or out of an encrypted tarball.</summary>
internal abstract class TarballCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly Argument<string> _destination = DestinationArgument.Create();
    private readonly Option<string> _source;
    private readonly Option<string?> _key;
    private readonly string _done;

    /// <param name="terminal">Where results go.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="description">What the command does.</param>
    /// <param name="source">What is read.</param>
    /// <param name="key">The option of the key.</param>
    /// <param name="done">What was done, in one word.</param>
    protected TarballCommand(Terminal terminal, string name, string description, string source, Option<string?> key, string done)
        : base(name, description)
    {
        _terminal = terminal;
        _source = new Option<string>("--src") { Description = source, HelpName = "FILE", Required = true };
        _key = key;
        _key.Required = true;
        _done = done;
        Add(_destination);
        Add(_source);
        this.AddKey(_key);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Opens source and destination.</summary>
    protected abstract (Backup Backup, BackupDestination Destination) Open(Terminal terminal, string source, string destination, string key);

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var output = OutputArgument.Read(parse.GetValue(_destination)!);
        var (backup, destination) = Open(_terminal, parse.GetValue(_source)!, output, parse.GetValue(_key)!);
        await backup.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
        await _terminal.SayWrittenAsync(_done, output).ConfigureAwait(false);
        return ExitCode.Done;
    }
}

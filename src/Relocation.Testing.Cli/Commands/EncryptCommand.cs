using System.CommandLine;
using Relocation.Testing.Cli.Output;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation encrypt</c>.</summary>
internal sealed class EncryptCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly Argument<string> _destination = DestinationArgument.Create();
    private readonly Option<string> _source = new("--src") { Description = "The backup, plain or compressed by gzip, or - for standard input.", HelpName = "FILE", Required = true };
    private readonly Option<string?> _key = EncryptionOptions.EncryptWith();

    internal EncryptCommand(Terminal terminal)
        : base("encrypt", "Makes an encrypted tarball of a backup, which only the private key opens.")
    {
        _terminal = terminal;
        _key.Required = true;
        Add(_destination);
        Add(_source);
        Add(_key);
        Add(CommonOptions.Verbose());
        SetAction(RunAsync);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Examples { get; } = ["relocation encrypt backup.tar --src backup.json --encrypt-with public.pem"];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var output = parse.GetValue(_destination)!;
        var destination = DestinationArgument.Open(output, parse.GetValue(_key));
        await BackupArgument.Open(parse.GetValue(_source)!).CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
        await _terminal.SayWrittenAsync("Encrypted", output).ConfigureAwait(false);
        return ExitCode.Done;
    }
}

using System.CommandLine;
using Relocation.Testing.Cli.Output;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation decrypt</c>.</summary>
internal sealed class DecryptCommand : Command, IHasExamples
{
    private readonly Terminal _terminal;
    private readonly Argument<string> _destination = DestinationArgument.Create();
    private readonly Option<string> _source = new("--src") { Description = "The encrypted tarball, or - for standard input.", HelpName = "FILE", Required = true };
    private readonly Option<string?> _key = EncryptionOptions.DecryptWith();

    internal DecryptCommand(Terminal terminal)
        : base("decrypt", "Reads an encrypted tarball and writes the backup in it. What is damaged or was changed is refused whole.")
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
    public IReadOnlyList<string> Examples { get; } = ["relocation decrypt backup.json --src backup.tar --decrypt-with private.pem"];

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var output = parse.GetValue(_destination)!;
        var destination = DestinationArgument.Open(output, null);
        await BackupArgument.Open(parse.GetValue(_source)!, parse.GetValue(_key)).CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
        await _terminal.SayWrittenAsync("Decrypted", output).ConfigureAwait(false);
        return ExitCode.Done;
    }
}

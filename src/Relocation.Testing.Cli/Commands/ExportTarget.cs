using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The arguments and options that all exports have.</summary>
internal sealed class ExportTarget
{
    private readonly Argument<string> _destination = DestinationArgument.Create();
    private readonly Option<string> _database = new("--database")
    {
        Description = "A SQLite file, or a connection string (Host=... or postgres://... for PostgreSQL, Data Source=... for SQLite).",
        HelpName = "PATH-OR-CONNECTION-STRING",
        Required = true,
    };

    private readonly Option<string?> _key = EncryptionOptions.EncryptWith();
    private readonly Option<int> _indent = new("--indent")
    {
        Description = "The number of spaces for each level of indentation; 0 writes everything on one line.",
        DefaultValueFactory = _ => 2,
        HelpName = "N",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    internal ExportTarget(Command command, Terminal terminal)
    {
        command.Add(_destination);
        command.Add(_database);
        command.AddKey(_key);
        command.Add(_indent);
        Waiting = new WaitOptions(command, terminal);
        command.Add(_json);
        command.Add(CommonOptions.Verbose());
    }

    internal DatabaseLocation Location(ParseResult parse) => DatabaseLocation.Parse(parse.GetValue(_database)!);

    internal string Name(ParseResult parse) => OutputArgument.Read(parse.GetValue(_destination)!);

    /// <summary>How long to wait for others, and where that is reported.</summary>
    internal WaitOptions Waiting { get; }

    internal bool AsJson(ParseResult parse) => parse.GetValue(_json);

    internal int Indentation(ParseResult parse) => parse.GetValue(_indent) is >= 0 and <= 127 and var spaces ? spaces : throw Errors.Indentation();

    internal BackupDestination Open(Terminal terminal, ParseResult parse)
    {
        if (AsJson(parse) && Name(parse) == OutputArgument.StandardOutput)
        {
            throw Errors.ExportedTwice();
        }

        return DestinationArgument.Open(terminal, Name(parse), parse.GetValue(_key));
    }
}

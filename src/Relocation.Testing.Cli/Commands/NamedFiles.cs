using System.CommandLine;
using System.CommandLine.Parsing;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Engines;
using Relocation.Testing.Files;

namespace Relocation.Testing.Cli.Commands;

/// <summary>
/// The files that a command line names. Before anything is done, output files are checked: whether they can be written, and whether any is
/// also read, or written by another option.
/// </summary>
internal static class NamedFiles
{
    /// <summary>The arguments and options that name files to read.</summary>
    internal static IReadOnlySet<string> Read { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "BACKUP", "BACKUPS", "EVENTS", "ORIGINAL", "SANITIZED", "LEFT", "RIGHT", Source, "--approved", "--assembly", Database,
        "--decrypt-with", "--decrypt-original-with", "--decrypt-sanitized-with", "--decrypt-left-with", "--decrypt-right-with", "--encrypt-with",
        "--rules", "--filter-usernames-file", "--filter-org-slugs-file",
    };

    /// <summary>The arguments and options that name files to write.</summary>
    internal static IReadOnlySet<string> Written { get; } = new HashSet<string>(StringComparer.Ordinal) { "DEST", "--output", "--map", "--findings-file" };

    private const string Backup = "BACKUP";
    private const string Database = "--database";
    private const string Source = "--src";

    /// <exception cref="UsageException">An output file is also read, is written by another option, or cannot be a file.</exception>
    /// <exception cref="EnvironmentException">A file cannot be written.</exception>
    internal static void Check(ParseResult parse)
    {
        var named = parse.CommandResult.Children.SelectMany(Of).ToList();
        foreach (var file in named.Where(file => file.IsFile && ConnectionText.MayHoldSecret(file.Value) && !Path.Exists(file.Value)))
        {
            // A message about its folder or full path would show a part of it.
            throw Errors.ConnectionStringIsNoFile(file.Symbol);
        }

        // With --src, the argument says where the backup goes.
        var isTurned = named.Exists(file => file.Symbol == Source) && named.Exists(file => file.Symbol == Backup);
        var read = named.Where(file => Read.Contains(file.Symbol) && !(isTurned && file.Symbol == Backup)).Select(file => (file.Symbol, Path: PathOf(file)))
            .Where(file => file.Path is not null).ToLookup(file => file.Path!, file => file.Symbol, PathComparer);
        var written = new Dictionary<string, string>(PathComparer);
        foreach (var file in named.Where(file => Written.Contains(file.Symbol) || (isTurned && file.Symbol == Backup)))
        {
            CheckWritten(file, read, written);
        }
    }

    private static StringComparer PathComparer => StringComparer.FromComparison(RealPath.Comparison);

    private static bool IsDatabase(string symbol) => symbol == Database;

    private static void CheckWritten(NamedFile file, ILookup<string, string> read, Dictionary<string, string> written)
    {
        if (OutputArgument.Read(file.Value) == OutputArgument.StandardOutput)
        {
            if (!written.TryAdd(OutputArgument.StandardOutput, file.Symbol))
            {
                throw Errors.OutputNamedTwice(file.Symbol, file.Value, written[OutputArgument.StandardOutput]);
            }

            return;
        }

        var real = RealPath.Follow(file.Value);
        switch (real.IsDescriptor ? NodeKind.Other : FileNode.KindOf(real.Path))
        {
            case NodeKind.Other:
                return;
            case NodeKind.Folder:
                throw Errors.OutputIsFolder(file.Symbol, file.Value);
            case NodeKind.None when Path.GetDirectoryName(real.Path) is { } folder && !Directory.Exists(folder):
                throw Errors.DestinationFolderMissing(folder);
        }

        if (read[real.Path].FirstOrDefault() is { } reader)
        {
            throw Errors.OutputIsInput(file.Symbol, file.Value, reader);
        }

        if (!written.TryAdd(real.Path, file.Symbol))
        {
            throw Errors.OutputNamedTwice(file.Symbol, file.Value, written[real.Path]);
        }

        TargetFile.Probe(file.Value);
    }

    private static IEnumerable<NamedFile> Of(SymbolResult result) => result switch
    {
        OptionResult { Implicit: false } option => option.Tokens.Select(token => new NamedFile(
            option.Option.Name, token.Value, !IsDatabase(option.Option.Name) && (Read.Contains(option.Option.Name) || Written.Contains(option.Option.Name)))),
        ArgumentResult argument => argument.Tokens.Select(token => new NamedFile(argument.Argument.Name, token.Value, true)),
        _ => [],
    };

    /// <summary>The path of an input file, or null if it is not a regular file.</summary>
    private static string? PathOf(NamedFile file)
    {
        if (file.Value == OutputArgument.StandardOutput || file.Value.Length == 0)
        {
            return null;
        }

        try
        {
            var path = IsDatabase(file.Symbol) ? DatabaseLocation.Parse(file.Value).File : file.Value;
            return path is not null && RealPath.Follow(path) is { IsDescriptor: false } real && FileNode.KindOf(real.Path) is NodeKind.File or NodeKind.None
                ? real.Path
                : null;
        }
        catch (Exception exception) when (exception is UsageException or IOException or ArgumentException)
        {
            // The reader reports the problem.
            return null;
        }
    }

    /// <summary>A named value of a command line.</summary>
    /// <param name="Symbol">The argument or option.</param>
    /// <param name="Value">The value.</param>
    /// <param name="IsFile">Whether it can only be a file, so that a connection string is out of place.</param>
    private sealed record NamedFile(string Symbol, string Value, bool IsFile);
}

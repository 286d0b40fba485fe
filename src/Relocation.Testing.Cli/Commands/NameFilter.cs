using System.CommandLine;
using Relocation.Testing.Cli.Failures;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The two options that list names to take.</summary>
internal sealed class NameFilter
{
    private readonly Option<string?> _list;
    private readonly Option<string?> _file;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="filtered">What they list, as part of the options' names.</param>
    internal NameFilter(Command command, string filtered)
    {
        _list = new Option<string?>($"--filter-{filtered}") { Description = "Take only these, separated by commas.", HelpName = "LIST" };
        _file = new Option<string?>($"--filter-{filtered}-file") { Description = "Take only those that a file lists, separated by commas.", HelpName = "FILE" };
        command.Add(_list);
        command.Add(_file);
    }

    /// <summary>The two options.</summary>
    internal IReadOnlyList<Option> Options => [_list, _file];

    /// <summary>The names; null for an empty list, which means no filter, as in Sentry's own tool.</summary>
    internal async Task<IReadOnlySet<string>?> ReadAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var file = parse.GetValue(_file);
        var list = parse.GetValue(_list);
        if (file is not null && list is not null)
        {
            throw Errors.FilterTwice();
        }

        if (file is not null)
        {
            list = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false) : throw Errors.FilterMissing(file);
        }

        const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var names = list?.Split(',', Trimmed).ToHashSet(StringComparer.Ordinal);
        return names is { Count: > 0 } ? names : null;
    }
}

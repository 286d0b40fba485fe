using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Cli.Commands;

/// <summary>How long a command waits for others that have locked its database, and where that is reported.</summary>
internal sealed class WaitOptions
{
    private readonly Terminal _terminal;
    private readonly Option<string?> _limit = new("--wait-limit")
    {
        Description = "How long to wait for others that have locked the database, in seconds or hh:mm:ss; 0 does not wait. They are named "
            + "after a second. Default: 00:05:00.",
        HelpName = "TIME",
    };

    internal WaitOptions(Command command, Terminal terminal)
    {
        _terminal = terminal;
        command.Add(_limit);
    }

    /// <summary>Reports on standard error whom the work waits for.</summary>
    internal ILogger Logger => new WaitingLogger(_terminal);

    internal TimeSpan Limit(ParseResult parse) => parse.GetValue(_limit) is { } text ? Read(text) : Patience.DefaultLimit;

    internal Patience PatienceOf(ParseResult parse) => new(Limit(parse), _terminal.Say);

    private TimeSpan Read(string text)
    {
        var limit = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < int.MaxValue / 1000
            ? TimeSpan.FromSeconds(seconds)
            : text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, ["h\\:mm\\:ss", "hh\\:mm\\:ss"], CultureInfo.InvariantCulture, out var time)
                ? time
                : (TimeSpan?)null;
        return limit ?? throw Errors.NoTime(_limit.Name, text);
    }
}

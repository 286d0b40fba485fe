using System.Globalization;
using System.Text;
using System.Text.Json;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Output;

/// <summary>Says what relocations are at.</summary>
internal static class TaskReport
{
    internal static void Write(Terminal terminal, RelocationState state, bool asJson, int exitCode)
    {
        if (asJson)
        {
            JsonDocumentWriter.Write(terminal, json =>
            {
                json.WriteName("status", state.Status);
                json.WriteNumber("exitCode", exitCode);
                json.WriteStartObject("relocation");
                WriteMembers(json, state);
                json.WriteEndObject();
            });
            return;
        }

        foreach (var line in Lines(state))
        {
            terminal.Writer.WriteLine(ShownText.Line(line));
        }
    }

    internal static void Write(Terminal terminal, IReadOnlyList<RelocationState> states, bool asJson)
    {
        if (asJson)
        {
            JsonDocumentWriter.Write(terminal, json =>
            {
                json.WriteString("status", "listed");
                json.WriteNumber("exitCode", ExitCode.Done);
                json.WriteStartArray("relocations");
                foreach (var state in states)
                {
                    json.WriteStartObject();
                    WriteMembers(json, state);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return;
        }

        var table = new TextTable(
            new TextTable.Column("Relocation", IsNumber: false), new TextTable.Column("Status", IsNumber: false), new TextTable.Column("Step", IsNumber: false),
            new TextTable.Column("Owner", IsNumber: false), new TextTable.Column("Organizations", IsNumber: false));
        foreach (var state in states)
        {
            table.Add(state.Uuid.ToString(), Words(state.Status), Words(state.Step), state.Owner ?? "gone", string.Join(',', state.Organizations));
        }

        table.Write(terminal.Writer, terminal.Output);
        terminal.Writer.WriteLine($"{ReportText.Count(states.Count, "relocation")}.");
    }

    /// <summary>A name of the library in words: <c>PreprocessingScan</c> as <c>preprocessing scan</c>.</summary>
    internal static string Words<T>(T value)
        where T : struct, Enum
    {
        var words = new StringBuilder();
        foreach (var character in value.ToString())
        {
            if (char.IsAsciiLetterUpper(character) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(character));
        }

        return words.ToString();
    }

    private static IEnumerable<string> Lines(RelocationState state)
    {
        yield return $"Relocation {state.Uuid} of {string.Join(", ", state.Organizations)} to {state.Owner ?? "an owner who is gone"}: {Words(state.Status)}, "
            + $"at step {Words(state.Step)}.";
        if (state.LatestTask != RelocationTaskName.None)
        {
            yield return $"Latest task: {Words(state.LatestTask)}, attempt {ReportText.Number(state.LatestTaskAttempts)}.";
        }

        if (state.FailureReason is { } reason)
        {
            yield return $"Reason: {reason}";
        }

        if (state.Usernames is { } usernames)
        {
            yield return $"{ReportText.Count(usernames.Count, "user")} to relocate.";
        }

        if (state.Validation is { } validation)
        {
            yield return $"Validation: {Words(validation)}.";
        }

        if (state.PauseAt is { } pause)
        {
            yield return $"Will pause before step {Words(pause)}.";
        }

        if (state.CancelAt is { } cancel)
        {
            yield return $"Will be cancelled before step {Words(cancel)}.";
        }

        if (state.HeldUntil is { } held)
        {
            yield return $"A runner has it until {Moment(held)} at least.";
        }

        foreach (var kind in state.Messages.GroupBy(message => message.Kind))
        {
            yield return $"{ReportText.Count(kind.Count(), "message")} '{Words(kind.Key)}', {ReportText.Number(kind.Count(message => message.SentAt is not null))} sent.";
        }
    }

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static void WriteMembers(Utf8JsonWriter json, RelocationState state)
    {
        json.WriteString("uuid", state.Uuid);
        json.WriteName("status", state.Status);
        json.WriteName("step", state.Step);
        json.WriteName("provenance", state.Provenance);
        json.WriteString("owner", state.Owner);
        json.WriteString("creator", state.Creator);
        json.WriteStartArray("organizations");
        foreach (var slug in state.Organizations)
        {
            json.WriteStringValue(slug);
        }

        json.WriteEndArray();

        // Who they are is personal data of the file.
        if (state.Usernames is { } usernames)
        {
            json.WriteNumber("users", usernames.Count);
        }
        else
        {
            json.WriteNull("users");
        }

        json.WriteName("latestTask", state.LatestTask);
        json.WriteNumber("latestTaskAttempts", state.LatestTaskAttempts);
        WriteName(json, "pauseAt", state.PauseAt);
        WriteName(json, "cancelAt", state.CancelAt);
        json.WriteString("failureReason", state.FailureReason);
        WriteName(json, "validation", state.Validation);
        WriteName(json, "latestNotified", state.LatestNotified);
        WriteMoment(json, "claimsSentAt", state.ClaimsSentAt);
        WriteMoment(json, "dateAdded", state.DateAdded);
        WriteMoment(json, "dateUpdated", state.DateUpdated);
        WriteMoment(json, "heldUntil", state.HeldUntil);

        // What messages say may be secret: how accounts are claimed.
        json.WriteStartArray("messages");
        foreach (var message in state.Messages)
        {
            json.WriteStartObject();
            json.WriteName("kind", message.Kind);
            json.WriteNumber("userId", message.UserId);
            WriteMoment(json, "date", message.Date);
            WriteMoment(json, "sentAt", message.SentAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteName<T>(Utf8JsonWriter json, string name, T? value)
        where T : struct, Enum
    {
        if (value is { } known)
        {
            json.WriteName(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } known)
        {
            json.WriteString(name, known.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

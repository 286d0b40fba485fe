using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Texts;
using Spectre.Console;

namespace Relocation.Testing.Cli.Output;

/// <summary>Reports the failure of a command: as text on standard error, or as JSON on standard output.</summary>
internal static class FailureReport
{
    internal static void Write(Failure failure, Terminal terminal, bool asJson)
    {
        if (asJson && TryWriteJson(failure, terminal))
        {
            return;
        }

        terminal.Error.Write(new Text("relocation: ", new Style(Color.Red)));
        terminal.ErrorWriter.WriteLine(ShownText.Lines(OptionWords.Of(failure.Message)));
    }

    /// <summary>Writes the document, unless standard output cannot be written.</summary>
    private static bool TryWriteJson(Failure failure, Terminal terminal)
    {
        if (terminal.HasOutputFailed)
        {
            return false;
        }

        try
        {
            JsonDocumentWriter.Write(terminal, json =>
            {
                json.WriteString("status", "failed");
                json.WriteNumber("exitCode", failure.ExitCode);
                json.WriteStartObject("error");
                json.WriteString("kind", failure.Kind);
                json.WriteString("message", OptionWords.Of(failure.Message));
                json.WriteStartArray("problems");
                foreach (var problem in failure.Problems)
                {
                    json.WriteStartObject();
                    json.WriteName("kind", problem.Kind);
                    json.WriteString("message", OptionWords.Of(problem.Message));
                    json.WriteValue("place", problem.Place);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            return true;
        }
        catch (EnvironmentException)
        {
            return false;
        }
    }
}

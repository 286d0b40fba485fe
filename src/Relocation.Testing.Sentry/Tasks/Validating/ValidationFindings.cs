using System.Text.Json;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>
/// The findings files of one validation run, in a folder of its own: findings of earlier runs do not count (docs/tasks.md, The validation).
/// </summary>
/// <param name="context">The attempt.</param>
/// <param name="buildId">The run's identity.</param>
internal sealed class ValidationFindings(TaskContext context, Guid buildId)
{
    /// <summary>Always written, so that a run without findings leaves a file too.</summary>
    private const string Nothing = "null";

    /// <summary>Other files of a run, which are ignored.</summary>
    private const string Artifacts = "artifacts-";

    private RelocationStorage Storage => context.Options.Storage;

    private string Folder => context.Files.FindingsOf(buildId);

    /// <summary>Writes a run's findings, replacing those of an interrupted run with the same identity.</summary>
    internal async Task WriteAsync(IEnumerable<StepFindings> steps, CancellationToken cancellationToken)
    {
        foreach (var name in await Storage.ListAsync(Folder, cancellationToken).ConfigureAwait(false))
        {
            await Storage.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }

        foreach (var step in steps.Append(new StepFindings(Nothing, Findings.None)))
        {
            await Storage.WriteAsync(context.Files.Findings(buildId, step.Name), step.Findings.WriteJsonAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The run's result: the last file by name that has a finding; null if none has.</summary>
    /// <exception cref="FileNotFoundException">The run has no findings files.</exception>
    /// <exception cref="JsonException">A file is not a list of findings.</exception>
    internal async Task<string?> FindFirstAsync(CancellationToken cancellationToken)
    {
        var names = await Storage.ListAsync(Folder, cancellationToken).ConfigureAwait(false);
        if (names.Count == 0)
        {
            throw Errors.FileOfTaskMissing(context.Files.Findings(buildId, Nothing));
        }

        foreach (var name in names.Where(name => !name.StartsWith(Folder + Artifacts, StringComparison.Ordinal)).OrderDescending(StringComparer.Ordinal))
        {
            if (await FirstOfAsync(name, cancellationToken).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<string?> FirstOfAsync(string name, CancellationToken cancellationToken)
    {
        var stream = await Storage.OpenAsync(name, cancellationToken).ConfigureAwait(false) ?? throw Errors.FileOfTaskMissing(name);
        await using (stream.ConfigureAwait(false))
        {
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw Errors.NoFindings(name);
            }

            if (document.RootElement.GetArrayLength() == 0)
            {
                return null;
            }

            var first = document.RootElement[0];
            var step = name[Folder.Length..].Replace(".json", string.Empty, StringComparison.Ordinal);
            return Errors.FoundByValidation(step, TextOf(first, "kind"), MemberOf(first, "on") is { } on ? TextOf(on, "model") : null);
        }
    }

    private static string? TextOf(JsonElement value, string name) =>
        MemberOf(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? MemberOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;
}

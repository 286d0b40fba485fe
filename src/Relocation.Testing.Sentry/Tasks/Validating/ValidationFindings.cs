using System.Text.Json;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Validating;

/// <summary>
/// The findings files of one run of a validation, in a folder of the run's own: what earlier runs have found does not count (docs/tasks.md,
/// The validation).
/// </summary>
/// <param name="context">The attempt.</param>
/// <param name="buildId">The run's identity.</param>
internal sealed class ValidationFindings(TaskContext context, Guid buildId)
{
    /// <summary>Is always there, so that a run without findings leaves a file too.</summary>
    private const string Nothing = "null";

    /// <summary>What a run leaves besides its findings, which is not looked into.</summary>
    private const string Artifacts = "artifacts-";

    private RelocationStorage Storage => context.Options.Storage;

    private string Folder => context.Files.FindingsOf(buildId);

    /// <summary>Writes what a run has found, in place of what one of the same identity had that was broken off.</summary>
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

    /// <summary>Says what the run has found, by the last file in the order of names that holds a finding; null when none does.</summary>
    /// <exception cref="FileNotFoundException">There are no findings files of the run.</exception>
    /// <exception cref="JsonException">A file holds no findings.</exception>
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

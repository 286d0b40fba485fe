using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>What a resumable import depends on, as hashes: the backup's text, and everything else.</summary>
internal static class ImportFingerprint
{
    /// <summary>The hash of the decoded text, so that compressing a backup does not change it.</summary>
    internal static async Task<string> OfAsync(BackupContent content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var stream = await content.OpenReadAsync(0, cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        var buffer = new byte[64 * 1024];
        int read;
        do
        {
            read = await content.ReadAsync(stream, buffer, cancellationToken).ConfigureAwait(false);
            hash.AppendData(buffer, 0, read);
        }
        while (read == buffer.Length);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The hash of the model, the options, the rules as far as they tell, and this library's version.</summary>
    internal static string Of(ImportPlan plan, ImportOptions options)
    {
        var text = new StringBuilder();
        Add(text, typeof(ImportFingerprint).Assembly.GetName().Version, plan.Model.Name, plan);
        foreach (var entity in plan.Model.Entities)
        {
            Add(text, entity.Label, entity.Schema, entity.Table, entity.Key.Policy, entity.OnCollision);
            foreach (var field in entity.Fields)
            {
                Add(text, field.Name, field.Column, field.Type, field.IsNullable, field.Default?.Kind);
            }

            foreach (var reference in entity.References)
            {
                Add(text, reference.Name, reference.Target, reference.OnUnresolved);
            }

            AddRules(text, entity.Rules);
        }

        Add(text, options.Scope.Name, options.UnresolvedReferences, options.OnCollision, options.UnknownModels, options.UnknownFields, options.JsonTexts);
        Add(text, options.AbsentFields, options.ChunkSize, options.Seed, string.Join(',', plan.Model.Entities.SelectMany(entity => entity.Scopes)
            .Distinct().Where(options.Scope.Takes).Order(StringComparer.Ordinal)));
        foreach (var (label, model) in options.Models.OrderBy(model => model.Key))
        {
            Add(text, label, model.Keys, model.OnCollision, Listed(model.OnCollisionOf), Listed(model.OnUnresolved), model.Filter?.Name);
            Add(text, [.. model.Filter?.Values ?? []]);
            AddRules(text, model.Rules);
        }

        Add(text, [.. options.BackupRules]);
        Add(text, [.. options.Rules.SelectMany(rule => new[] { rule.GetType().FullName, rule.Fingerprint })]);
        foreach (var mapping in options.KnownKeys?.Entries ?? [])
        {
            Add(text, mapping.Model, mapping.Old, mapping.New, mapping.Kind);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void AddRules(StringBuilder text, IEnumerable<RecordRule> rules) =>
        Add(text, [.. rules.SelectMany(rule => new[] { rule.GetType().FullName, rule.Fingerprint })]);

    private static string Listed<T>(IReadOnlyDictionary<string, T> values) =>
        string.Join(',', values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}"));

    /// <summary>Each part has its length before it, so that no two lists of parts read the same.</summary>
    private static void Add(StringBuilder text, params object?[] parts)
    {
        foreach (var part in parts)
        {
            var shown = Convert.ToString(part, CultureInfo.InvariantCulture) ?? string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"{(part is null ? -1 : shown.Length)}:{shown};");
        }

        text.Append('\n');
    }
}

using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>What a resumable import depends on, besides the backup: every part with a hash of its own, so that one that changed can be named.</summary>
internal sealed class ImportFingerprint
{
    /// <summary>A part's hash only finds out which one changed; that one did, the whole hash says.</summary>
    private const int PartLength = 16;

    private readonly SortedDictionary<string, string> _parts = new(StringComparer.Ordinal);

    private ImportFingerprint()
    {
    }

    /// <summary>The hash of all parts.</summary>
    internal string Hash => HashOf(string.Join('\n', _parts.Select(part => $"{part.Key}\n{part.Value}")));

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

    /// <summary>The model, the options, the rules as far as they tell, and this library's version.</summary>
    internal static ImportFingerprint Of(ImportPlan plan, ImportOptions options)
    {
        var fingerprint = new ImportFingerprint();
        fingerprint.Add("the version of this library", typeof(ImportFingerprint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
        fingerprint.Add("the model's name", plan.Model.Name);
        fingerprint.Add("the labels of models that no longer exist", plan.Model.DroppedLabels);
        fingerprint.Add("the order of models", plan.ToString());
        foreach (var (property, _) in OptionAttribute.Of(typeof(ImportOptions)).Where(each => each.Option.IsInFingerprint))
        {
            fingerprint.Add(ResumeErrors.OptionOf(property), property.GetValue(options));
        }

        fingerprint.Add("the scopes of models", plan.Model.Entities.SelectMany(entity => entity.Scopes).Distinct().Where(options.Scope.Takes).ToList());
        foreach (var entity in plan.Model.Entities)
        {
            fingerprint.Add(entity);
        }

        return fingerprint;
    }

    /// <summary>The names of the parts in which two imports differ.</summary>
    internal IReadOnlyList<string> Differences(ImportFingerprint other) =>
        [.. _parts.Keys.Union(other._parts.Keys).Where(name => _parts.GetValueOrDefault(name) != other._parts.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];

    internal static void Write(BinaryWriter writer, ImportFingerprint fingerprint)
    {
        writer.Write(fingerprint._parts.Count);
        foreach (var (name, hash) in fingerprint._parts)
        {
            writer.Write(name);
            writer.Write(hash);
        }
    }

    internal static ImportFingerprint Read(BinaryReader reader)
    {
        var fingerprint = new ImportFingerprint();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            fingerprint._parts.Add(reader.ReadString(), reader.ReadString());
        }

        return fingerprint;
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A model's fields each for itself, and the rest of it by kind.</summary>
    private void Add(RelocationEntity entity)
    {
        var fields = entity.Key.Fields.Concat(entity.Fields).GroupBy(field => field.Name);
        foreach (var named in fields)
        {
            Add($"field '{named.Key}' of model '{entity.Label}'", named.ToList());
        }

        foreach (var (name, value) in DescribedValue.Members(entity).Where(member => member.Name != nameof(RelocationEntity.Fields)))
        {
            Add($"{name} of model '{entity.Label}'", value);
        }
    }

    private void Add(string name, object? value) => _parts[name] = HashOf(DescribedValue.Of(value))[..PartLength];
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>Reads how the primary keys of a model are made.</summary>
internal static class KeyReader
{
    private const string Strategy = "Npgsql:ValueGenerationStrategy";
    private const string BlockSequenceName = "Npgsql:HiLoSequenceName";
    private const string BlockSequenceSchema = "Npgsql:HiLoSequenceSchema";

    internal static RelocationKey Read(IKey key, IReadOnlyList<RelocationField> fields, KeyPolicy? declared = null)
    {
        var byConvention = PolicyOf(key);
        var blocks = BlockSequenceOf(key);
        var policy = declared ?? byConvention;
        return new RelocationKey
        {
            Fields = fields,
            Policy = policy,
            HasCounter = byConvention == KeyPolicy.Remap && fields[0].Type == FieldType.Integer,
            BlockSequence = blocks,
            BlockSize = blocks is null ? 1 : BlockSizeOf(key, blocks),
        };
    }

    /// <summary>Whether the database hands out the property's values by a counter of its own.</summary>
    internal static bool IsCounted(IReadOnlyProperty property) => property.FindAnnotation(Strategy)?.Value?.ToString() is { } strategy
        && strategy is not ("None" or "SequenceHiLo");

    private static KeyPolicy PolicyOf(IKey key)
    {
        if (key.Properties.Any(property => property.GetContainingForeignKeys().Any(foreign => !foreign.IsBaseLinking())))
        {
            return KeyPolicy.Compose;
        }

        if (key.Properties is not [var only] || EntityFieldReader.TypeOf(only) is not (FieldType.Integer or FieldType.Guid))
        {
            return KeyPolicy.Preserve;
        }

        // Where each concrete type has a table of its own, SQLite cannot count keys and leaves that to the application.
        var root = key.DeclaringEntityType;
        var isTablePerType = root.GetMappingStrategy() == RelationalAnnotationNames.TpcMappingStrategy
            && EntityFieldReader.TypeOf(only) == FieldType.Integer;
        return isTablePerType || only.ValueGenerated == ValueGenerated.OnAdd ? KeyPolicy.Remap : KeyPolicy.Preserve;
    }

    private static long BlockSizeOf(IKey key, IReadOnlyList<string> sequence)
    {
        const int EntityFrameworkDefault = 10;
        var model = key.DeclaringEntityType.Model;
        return model.FindSequence(sequence[^1], sequence.Count > 1 ? sequence[0] : null)?.IncrementBy ?? EntityFrameworkDefault;
    }

    private static IReadOnlyList<string>? BlockSequenceOf(IKey key)
    {
        if (key.Properties is not [var only] || only.FindAnnotation(Strategy)?.Value?.ToString() != "SequenceHiLo")
        {
            return null;
        }

        var model = only.DeclaringType.Model;
        var name = Setting(BlockSequenceName) ?? "EntityFrameworkHiLoSequence";
        return (Setting(BlockSequenceSchema) ?? model.GetDefaultSchema()) is { } schema ? [schema, name] : [name];

        string? Setting(string annotation) => (only.FindAnnotation(annotation) ?? model.FindAnnotation(annotation))?.Value as string;
    }
}

namespace Relocation.Testing.Importing;

/// <summary>What all steps of one import share.</summary>
internal sealed record ImportContext(
    ImportOptions Options,
    IReadOnlyDictionary<RelocationEntity, EntityLayout> Layouts,
    KeyTables Tables,
    Problems Problems,
    GeneratedValues Generated);

using Relocation.Testing.Sanitizing.Replacing;

namespace Relocation.Testing.Sanitizing;

/// <summary>What is remembered of a value that a rule replaces.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsWord">Whether it may be part of a longer word by chance, so that only whole words count.</param>
/// <param name="Source">The number of the field that it comes from.</param>
internal readonly record struct KnownValue(KnownKind Kind, bool IsWord, ushort Source);

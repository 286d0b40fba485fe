namespace Relocation.Testing;

/// <summary>
/// Says that a property has another value in every run, such as a token or a number drawn at random: the text of changes that a test approves
/// (package Relocation.Testing.Changes) says that it is there or has changed, and not what it is.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class VolatileAttribute : Attribute;

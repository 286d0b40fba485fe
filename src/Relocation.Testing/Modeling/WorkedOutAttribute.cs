namespace Relocation.Testing.Modeling;

/// <summary>Marks state that follows from the rest of its object, and is worked out when it is first asked for: no fingerprint may depend on when that is.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class WorkedOutAttribute : Attribute;

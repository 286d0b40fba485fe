namespace Relocation.Testing.Generating;

/// <summary>One part of the key of the record that a reference leads to.</summary>
internal sealed class ReferenceSource(ReferenceGenerator reference, int part) : KeySource
{
    internal override KeyValue? At(long number)
    {
        var target = reference.At(number);
        return target < 0 ? null : reference.Target!.KeyPart(target, part);
    }
}

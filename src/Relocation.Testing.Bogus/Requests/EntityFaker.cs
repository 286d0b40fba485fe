using System.Reflection;
using Bogus;

namespace Relocation.Testing;

/// <summary>A <see cref="Faker{T}"/> of the caller's that makes values for one model's fields.</summary>
/// <remarks>
/// Used are the properties that the faker has rules for, by their names. Keys and references stay those of the backup, so that they
/// resolve. Every record's object is made from a seed of its own: the same on every run, however many records there are. Rules for
/// dates must name a reference date, since without one Bogus counts from the clock.
/// </remarks>
public sealed class EntityFaker
{
    private readonly Func<Func<int, object>> _start;

    private EntityFaker(ModelLabel? label, Type type, IReadOnlyList<MemberInfo> members, Func<Func<int, object>> start)
    {
        Label = label;
        Type = type;
        Members = members;
        _start = start;
    }

    /// <summary>The model's label, or null for the model whose class the faker makes.</summary>
    public ModelLabel? Label { get; }

    /// <summary>The class of the objects.</summary>
    public Type Type { get; }

    /// <summary>The properties and fields that are taken.</summary>
    internal IReadOnlyList<MemberInfo> Members { get; }

    /// <summary>Makes values for the model that was read from a class.</summary>
    /// <typeparam name="T">The entity's class.</typeparam>
    /// <param name="faker">Rules for some or all of its properties. It is copied, and its seed is not used.</param>
    public static EntityFaker For<T>(Faker<T> faker)
        where T : class => Make(null, faker);

    /// <summary>Makes values for a model of a label, whose fields are those of the class's properties in snake case.</summary>
    /// <typeparam name="T">Any class.</typeparam>
    /// <param name="label">The model's label.</param>
    /// <param name="faker">Rules for some or all properties. It is copied, and its seed is not used.</param>
    public static EntityFaker For<T>(ModelLabel label, Faker<T> faker)
        where T : class => Make(label, faker);

    /// <summary>Starts a run; objects are made one after the other.</summary>
    internal Func<int, object> Start() => _start();

    private static EntityFaker Make<T>(ModelLabel? label, Faker<T> faker)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(faker);
        return new EntityFaker(label, typeof(T), MembersOf(faker), () =>
        {
            var own = faker.Clone();
            return seed => own.UseSeed(seed).Generate();
        });
    }

    /// <summary>Bogus tells only its own descendants which properties have rules.</summary>
    private static IReadOnlyList<MemberInfo> MembersOf<T>(Faker<T> faker)
        where T : class
    {
        var all = ((IFakerTInternal)faker).Binder.GetMembers(typeof(T));
        var rules = typeof(Faker<T>).GetField("Actions", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)?.GetValue(faker);
        var ruled = rules is Dictionary<string, Dictionary<string, PopulateAction<T>>> sets
            ? sets.Values.SelectMany(set => set).Where(rule => rule.Value.Action is not null).Select(rule => rule.Key).ToHashSet()
            : [.. all.Keys];
        return [.. all.Where(member => ruled.Contains(member.Key)).Select(member => member.Value)];
    }
}

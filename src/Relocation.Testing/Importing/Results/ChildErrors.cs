namespace Relocation.Testing.Importing.Results;

/// <content>Messages about members that become rows, and about types of a hierarchy.</content>
/// <summary>The messages about children of records: what is wrong, where, what to do.</summary>
internal static class ChildErrors
{
    internal static string MissingObject(string name) =>
        $"Field '{name}' is absent, and every record has to have the object that it holds. Add it.";

    internal static string DoubledObject(string name) => $"Field '{name}' occurs twice in one record. Leave one of them out.";

    internal static string DoubledElement(RelocationChild child) =>
        $"Field '{child.Name}' names the same record twice, and table '{child.Rows.Table}' takes each pair once. Take one of them out.";

    internal static string WrongMember(RelocationChild child) => child.IsSingle
        ? $"Field '{child.Name}' is no object. Its members become a row of table '{child.Rows.Table}'; write an object{(child.IsRequired ? "." : " or null.")}"
        : $"Field '{child.Name}' is no list. Its elements become rows of table '{child.Rows.Table}'; write a list, or leave the field out.";

    internal static string WrongElement(RelocationChild child) =>
        $"Field '{child.Name}' has an element that is no object. Each element becomes a row of table '{child.Rows.Table}'; write objects.";

    internal static string NoType(RelocationEntity entity) =>
        $"The record does not say of which type it is. Model '{entity.Label}' has {string.Join(", ", entity.Types)}: write one of these as "
        + $"the record's model, or add the field '{entity.TypeField}'.";

    internal static string TypesDiffer(RelocationEntity entity, ModelLabel label) =>
        $"Field '{entity.TypeField}' names another type than the record's model '{label}' does. Make the two agree.";
}

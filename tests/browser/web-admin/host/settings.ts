// What the server tells the host page, beside the plug-ins: who is logged in, and how this web admin differs from others.

export type UserInfo = { id: string; userName: string; domain: string; ssoToken: string };

export type PageSettings = {
  /** As GWT calls it: "de_DE", or "default". */
  locale: string;
  /** The context path of the engine; web admins end it with a slash, which nobody promises. */
  baseContextPath: string;
  /** Functions of the API that this web admin, an older one, does not have. */
  missing: string[];
  /** Whether the first place is revealed before or after plug-ins are told of the log-in. Both are handlers of one event,
   *  and their order is not laid down. */
  firstPlace: "before UserLogin" | "after UserLogin";
  /** Whether a new address of the same place takes the place's frame out and puts it back. */
  attachAgain: boolean;
  /** The place at which this admin likes to begin. */
  customHomePage?: string;
};

export const defaultSettings: PageSettings = {
  locale: "en_US",
  baseContextPath: "/ovirt-engine/",
  missing: [],
  firstPlace: "before UserLogin",
  attachAgain: false,
};

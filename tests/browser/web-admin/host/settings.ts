// What the server tells the host page besides the plug-ins: who is logged in, and the settings of this web admin.

export type UserInfo = { id: string; userName: string; domain: string; ssoToken: string };

export type PageSettings = {
  /** In GWT's form, such as "de_DE". */
  locale: string;
  /** The context path of the engine. Web admins end it with a slash, but no documentation promises that. */
  baseContextPath: string;
  /** Functions of the API that this older web admin does not have. */
  missing: string[];
  /** Whether the first place is revealed before or after plug-ins are told of the log-in. Both are handlers of one event, in no
   *  defined order. */
  firstPlace: "before UserLogin" | "after UserLogin";
  /** Whether a new address of the same place takes the place's frame out and puts it back. */
  attachAgain: boolean;
  /** The place where this admin starts. */
  customHomePage?: string;
};

export const defaultSettings: PageSettings = {
  locale: "en_US",
  baseContextPath: "/ovirt-engine/",
  missing: [],
  firstPlace: "before UserLogin",
  attachAgain: false,
};
